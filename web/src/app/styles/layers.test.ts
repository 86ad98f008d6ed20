import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.css'),
);
const styles = (name: string) => readFileSync(name, 'utf8');
const order = /@layer ([\w, ]+);/.exec(styles('public/layers.css'))?.[1]?.split(', ') ?? [];

it('puts the order of the layers before all other styles', () => {
  const head = new DOMParser().parseFromString(styles('index.html'), 'text/html').head;
  const first = head.querySelector('link[rel=stylesheet], script[type=module]');
  expect(first?.getAttribute('href')).toBe('/layers.css');
});

it.each(files)('%s uses only layers that have a place in the order', (name) => {
  const used = [...styles(join('src', name)).matchAll(/@layer (\w+)/g)].map((found) => found[1]);
  expect(order).toEqual(expect.arrayContaining(used));
});
