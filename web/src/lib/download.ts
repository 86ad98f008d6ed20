import { fetchResponse } from '@/api/client';

/** Fetches a document with the sign-in and hands it to the browser as a file. Throws `ApiError`. */
export async function download(path: string, fallbackName: string) {
  const response = await fetchResponse(path);
  const named = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = named ?? fallbackName;
  link.click();
  // Safari reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
