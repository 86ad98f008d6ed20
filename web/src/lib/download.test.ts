import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { server } from '@/testing/server';
import { download } from './download';

/** What the browser was handed: names and contents of files. */
let files: { name: string; content: Blob }[];

beforeEach(() => {
  files = [];
  let made = new Blob();
  // jsdom knows neither addresses of blobs nor downloads.
  URL.createObjectURL = (blob) => {
    made = blob as Blob;
    return 'blob:made';
  };
  URL.revokeObjectURL = () => {};
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    if (this.href === 'blob:made') files.push({ name: this.download, content: made });
  });
});
afterEach(() => vi.restoreAllMocks());

it.each([
  ['attachment; filename="report-nurse.pdf"', 'report-nurse.pdf'],
  ['attachment; filename=report.md; size=9', 'report.md'],
  ['attachment', 'report.pdf'],
  [null, 'report.pdf'],
])('names the file as the answer says (%j), or as asked', async (disposition, name) => {
  const headers = disposition ? { 'content-disposition': disposition } : undefined;
  server.use(http.get('/api/report', () => new HttpResponse('%PDF', { headers })));
  await download('/api/report', 'report.pdf');
  expect(files.map((file) => file.name)).toEqual([name]);
  expect(files[0]?.content.size).toBe(4);
});

it('hands over nothing when the server refuses', async () => {
  server.use(http.get('/api/report', () => HttpResponse.json({ message: 'Not here.' }, { status: 404 })));
  await expect(download('/api/report', 'report.pdf')).rejects.toThrow('Not here.');
  expect(files).toEqual([]);
});
