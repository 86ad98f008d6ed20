import { fetchResponse } from '@/api/client';

/** Fetches a document with the sign-in and hands it to the browser as a file. Throws `ApiError`. */
export async function download(path: string, fallbackName: string) {
  const response = await fetchResponse(path);
  const disposition = response.headers.get('content-disposition') ?? '';
  // The second form holds letters that the first cannot.
  const full = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  const named = full ? decodeURIComponent(full) : /filename="?([^";]+)"?/.exec(disposition)?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = named ?? fallbackName;
  link.click();
  // Safari reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
