// A server that speaks Azure Blob Storage, for tests: Azurite, with the container `rooms`.
// Prints `ready at ADDRESS ACCOUNT KEY` and ends with its standard input.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:net';

// Every Azurite has this account; it opens nothing anywhere else.
const ACCOUNT = 'devstoreaccount1';
const KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const port = await new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});
const azurite = spawn(
  process.execPath,
  [
    'node_modules/azurite/dist/src/blob/main.js',
    '--silent',
    '--inMemoryPersistence',
    '--skipApiVersionCheck',
    '--disableTelemetry',
    '--blobHost',
    '127.0.0.1',
    '--blobPort',
    String(port),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);

async function makeContainer() {
  const date = new Date().toUTCString();
  const headers = { 'x-ms-date': date, 'x-ms-version': '2021-12-02' };
  const named = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const resource = `/${ACCOUNT}/${ACCOUNT}/rooms\nrestype:container`;
  const signed = `PUT${'\n'.repeat(12)}${named.join('')}${resource}`;
  const signature = createHmac('sha256', Buffer.from(KEY, 'base64')).update(signed).digest('base64');
  const answer = await fetch(`http://127.0.0.1:${port}/${ACCOUNT}/rooms?restype=container`, {
    method: 'PUT',
    headers: { ...headers, Authorization: `SharedKey ${ACCOUNT}:${signature}` },
  });
  if (answer.status !== 201) throw new Error(`no container: ${answer.status} ${await answer.text()}`);
}

for (let tries = 0; ; tries += 1) {
  try {
    await makeContainer();
    break;
  } catch (error) {
    if (tries === 200 || azurite.exitCode !== null) throw error;
    await new Promise((wait) => setTimeout(wait, 100));
  }
}
console.log(`ready at http://127.0.0.1:${port}/${ACCOUNT} ${ACCOUNT} ${KEY}`);
process.stdin.resume().on('end', () => azurite.kill());
azurite.on('exit', () => process.exit());
