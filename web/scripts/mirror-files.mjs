import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packaged = (name) => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));

/** Nothing that tells who somebody is, how old, or of which sex: a face, its mesh, its eyes, its expression. */
const MODELS = ['blazeface', 'facemesh', 'iris', 'emotion'];
/** Without threads: they would need scripts made of text, which the content policy forbids. */
const ENGINES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

/** The files of the mirror, by the name that they are served under. */
function files() {
  const models = join(packaged('@vladmandic/human'), 'models');
  const engines = join(packaged('@tensorflow/tfjs-backend-wasm'), 'dist');
  return new Map([
    ...MODELS.flatMap((model) => [`${model}.json`, `${model}.bin`]).map((name) => [name, join(models, name)]),
    ...ENGINES.map((name) => [name, join(engines, name)]),
  ]);
}

/**
 * Ships what the camera mirror needs with the app, from the packages that it comes in. The folder carries the version,
 * so its files may be kept for ever.
 */
export function mirrorFiles() {
  const { version } = JSON.parse(readFileSync(join(packaged('@vladmandic/human'), 'package.json'), 'utf8'));
  const folder = `assets/mirror-${version}`;
  return {
    name: 'mirror-files',
    config: () => ({ define: { MIRROR_FILES: JSON.stringify(`/${folder}/`) } }),
    configureServer(server) {
      const known = files();
      server.middlewares.use(`/${folder}`, (request, response, next) => {
        const path = known.get((request.url ?? '').slice(1));
        if (!path) return next();
        response.setHeader(
          'Content-Type',
          path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream',
        );
        response.end(readFileSync(path));
      });
    },
    generateBundle() {
      for (const [name, path] of files()) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${name}`, source: readFileSync(path) });
      }
    },
  };
}
