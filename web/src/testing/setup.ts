import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { forgetDrafts } from '@/lib/drafts';

// Autosave, polling and reconnecting take a moment by design, and a busy machine takes longer.
configure({ asyncUtilTimeout: 5000 });

afterEach(() => {
  cleanup();
  forgetDrafts();
  localStorage.clear();
  sessionStorage.clear();
});

// jsdom reads files in the old way only.
Blob.prototype.text ??= function text(this: Blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(this);
  });
};
