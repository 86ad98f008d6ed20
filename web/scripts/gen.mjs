// Writes src/api/schema.d.ts from the contract. With --check, fails when that file is stale.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const target = new URL('../src/api/schema.d.ts', import.meta.url);
const contract = JSON.parse(await readFile(new URL('../../contract/openapi.json', import.meta.url), 'utf8'));

// The calls are written by hand in src/api; the shapes they carry are generated.
contract.paths = {};

const types = astToString(await openapiTS(contract));
const text = `// Generated from contract/openapi.json by \`npm run gen\`. Do not edit.\n\n${types}`;

if (process.argv.includes('--check')) {
  const existing = await readFile(target, 'utf8').catch(() => '');
  if (existing !== text) {
    console.error('src/api/schema.d.ts is stale: run `npm run gen`');
    process.exit(1);
  }
} else {
  await writeFile(target, text);
}
