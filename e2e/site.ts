import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './loopback.ts';
import { Server } from './server.ts';

const TEMPLATE = fileURLToPath(new URL('../deploy/nginx/greenroom.conf.template', import.meta.url));
const NODES = 3;

/** Several nodes on one PostgreSQL and one Redis, behind nginx with TLS as deploy/ sets it up. */
export class Site {
  readonly url: string;
  readonly nodes: Server[];
  private readonly nginx: ChildProcess;
  private readonly directory: string;

  private constructor(url: string, nodes: Server[], nginx: ChildProcess, directory: string) {
    this.url = url;
    this.nodes = nodes;
    this.nginx = nginx;
    this.directory = directory;
  }

  static async create(): Promise<Site> {
    const directory = await mkdtemp(join(tmpdir(), 'greenroom-site-'));
    const [http, https] = [await freePort(), await freePort()];
    const url = `https://localhost:${https}`;
    const settings = {
      DATABASE_URL: needed('GREENROOM_TEST_POSTGRES'),
      REDIS_URL: needed('GREENROOM_TEST_REDIS'),
      GREENROOM__ACCOUNTS__TOKEN_KEY: 'one key for all nodes, for this test only',
      GREENROOM__SECRETS__KEY: Buffer.alloc(32, 7).toString('base64'),
      GREENROOM__SERVER__PUBLIC_URL: url,
      GREENROOM__SERVER__SECURE_COOKIES: 'true',
      GREENROOM__SERVER__TRUSTED_PROXIES: '["127.0.0.0/8"]',
    };
    const nodes: Server[] = [];
    for (let node = 0; node < NODES; node += 1) nodes.push(await Server.create(settings));
    const upstream = nodes.map((node) => `server ${new URL(node.url).host};`).join(' ');
    const nginx = await startNginx(directory, http, https, upstream);
    return new Site(url, nodes, nginx, directory);
  }

  /** The node that holds a live line. */
  async listener(): Promise<Server | undefined> {
    for (const node of this.nodes) if ((await lines(node)) > 0) return node;
    return undefined;
  }

  async remove(): Promise<void> {
    const gone = once(this.nginx, 'exit');
    this.nginx.kill('SIGTERM');
    await gone;
    for (const node of this.nodes) await node.remove();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Live lines at a node; none at one that is dead. */
async function lines(node: Server): Promise<number> {
  try {
    const measures = await (await fetch(`${node.url}/metrics`)).text();
    return Number(/^greenroom_live_listeners(?:\{.*\})? (\d+)/m.exec(measures)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run scripts/check-nginx`);
  return value;
}

async function startNginx(directory: string, http: number, https: number, upstream: string): Promise<ChildProcess> {
  const [certificate, key] = [join(directory, 'certificate.pem'), join(directory, 'key.pem')];
  const made = spawnSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -keyout ${key} -out ${certificate}`.split(
      ' ',
    ),
  );
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  const values: Record<string, string> = {
    NGINX_HTTP: `127.0.0.1:${http}`,
    NGINX_HTTPS: `127.0.0.1:${https}`,
    NGINX_SERVER_NAME: 'localhost',
    NGINX_CERTIFICATE: certificate,
    NGINX_CERTIFICATE_KEY: key,
    NGINX_UPSTREAM: upstream,
    NGINX_LIVE_UPSTREAM: upstream,
  };
  const template = await readFile(TEMPLATE, 'utf8');
  const filled = template.replace(/\$\{(NGINX_\w+)\}/g, (_, name: string) => values[name] ?? '');
  await writeFile(join(directory, 'greenroom.conf'), filled);
  const kept = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const places = kept.map((name) => `${name}_temp_path ${join(directory, name)};`).join('\n  ');
  await writeFile(
    join(directory, 'nginx.conf'),
    `daemon off;\nworker_processes 1;\npid ${join(directory, 'pid')};\nerror_log ${join(directory, 'error.log')};\n` +
      `events {}\nhttp {\n  access_log off;\n  ${places}\n  include ${join(directory, 'greenroom.conf')};\n}\n`,
  );
  const nginx = spawn('nginx', ['-p', directory, '-c', join(directory, 'nginx.conf')], { stdio: 'inherit' });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answered = await fetch(`http://localhost:${http}/`, { redirect: 'manual' }).catch(() => undefined);
    if (answered?.status === 308) return nginx;
    if (nginx.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  nginx.kill();
  throw new Error(`nginx does not start: ${await readFile(join(directory, 'error.log'), 'utf8').catch(() => '')}`);
}
