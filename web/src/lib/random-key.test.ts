import { expect, it, vi } from 'vitest';
import { randomKey } from './random-key';

it('is 32 hexadecimal digits, another each time', () => {
  const keys = Array.from({ length: 50 }, randomKey);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(keys).size).toBe(50);
});

it('keeps the leading zero of small bytes', () => {
  const bytes = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => array);
  expect(randomKey()).toBe('0'.repeat(32));
  bytes.mockRestore();
});
