// Writes src/api/schema.d.ts and src/api/voice-schema.d.ts from the contract. With --check, fails when one is stale.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const read = async (name) =>
  JSON.parse(await readFile(new URL(`../../contract/${name}`, import.meta.url), 'utf8'));

/** The calls are written by hand in src/api; the shapes they carry are generated. */
const calls = async () => ({ ...(await read('openapi.json')), paths: {} });

/** What is said on the line of a spoken interview, as OpenAPI names shapes. */
async function voice() {
  const { from_page, to_page } = (await read('live-protocol.json')).voice;
  const schemas = {};
  for (const { $defs = {}, $schema: _, title, ...shape } of [from_page, to_page]) {
    Object.assign(schemas, $defs, { [title]: shape });
  }
  const text = JSON.stringify(schemas).replaceAll('"#/$defs/', '"#/components/schemas/');
  return {
    openapi: '3.1.0',
    info: { title: 'voice', version: '1' },
    paths: {},
    components: { schemas: JSON.parse(text) },
  };
}

const TARGETS = [
  ['schema.d.ts', 'openapi.json', calls],
  ['voice-schema.d.ts', 'live-protocol.json', voice],
];

for (const [name, source, contract] of TARGETS) {
  const target = new URL(`../src/api/${name}`, import.meta.url);
  const types = astToString(await openapiTS(await contract()));
  const text = `// Generated from contract/${source} by \`npm run gen\`. Do not edit.\n\n${types}`;
  if (!process.argv.includes('--check')) {
    await writeFile(target, text);
  } else if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
    console.error(`src/api/${name} is stale: run \`npm run gen\``);
    process.exitCode = 1;
  }
}
