// A certified OpenID Connect provider on a free port of loopback, for tests. It says where it listens and ends when its
// standard input does. Who signs in says who they are: `ada@example.com`; `unverified:ada@example.com`, whose address
// the provider has not seen; `nomail:ada`, who has none. Some clients get ID tokens with one thing wrong.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { importJWK, SignJWT } from 'jose';
import Provider from 'oidc-provider';

const CALLBACK = 'http://127.0.0.1/api/oauth/work/callback';
const HOUR = 3600;

/** What is wrong with the ID tokens of a client, by its name; nothing where they are only made and signed again. */
const FLAWS = {
  greenroom: null,
  'signed-again': (claims) => claims,
  'wrong-issuer': (claims) => ({ ...claims, iss: 'https://somebody.example' }),
  'wrong-audience': (claims) => ({ ...claims, aud: 'another-client' }),
  'one-audience-more': (claims) => ({ ...claims, aud: [claims.aud, 'another-client'] }),
  expired: (claims) => ({ ...claims, iat: claims.iat - 2 * HOUR, exp: claims.iat - HOUR }),
  'from-the-future': (claims) => ({ ...claims, iat: claims.iat + HOUR, exp: claims.exp + 2 * HOUR }),
  'wrong-nonce': (claims) => ({ ...claims, nonce: 'another' }),
  'no-nonce': ({ nonce: _, ...claims }) => claims,
  unsigned: (claims) => claims,
  'signed-by-another': (claims) => claims,
};

const jwk = (pair) => ({ ...pair.privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' });
const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = jwk(keyPair());

async function tampered(client, token) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = FLAWS[client](JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()));
  if (client === 'unsigned') return `${part({ alg: 'none' })}.${part(claims)}.`;
  const by = client === 'signed-by-another' ? jwk(keyPair()) : key;
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(await importJWK(by, 'RS256'));
}

function findAccount(_, id) {
  const [mark, rest] = id.includes(':') ? id.split(':') : ['', id];
  const email = mark === 'nomail' ? {} : { email: rest, email_verified: mark !== 'unverified' };
  return { accountId: id, claims: () => ({ sub: id, name: `Name of ${rest.split('@')[0]}`, ...email }) };
}

function provider(issuer) {
  const clients = Object.keys(FLAWS).map((client_id) => ({
    client_id,
    client_secret: 'a secret of forty characters, or even more',
    application_type: 'native',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code'],
  }));
  const made = new Provider(issuer, {
    clients,
    findAccount,
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    // Whoever signs in here has agreed; refusing is a button of the page.
    async loadExistingGrant({ oidc }) {
      const grant = new made.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  made.use(async (ctx, next) => {
    await next();
    const client = ctx.oidc?.client?.clientId;
    if (ctx.path === '/token' && ctx.body?.id_token && FLAWS[client]) {
      ctx.body = { ...ctx.body, id_token: await tampered(client, ctx.body.id_token) };
    }
  });
  return made;
}

const PAGE = `<!doctype html><html lang="en"><title>Provider</title><h1>Who are you?</h1><form method="post">
<label>Account <input name="account"></label><button name="choice" value="go">Continue</button>
<button name="choice" value="deny">Do not allow</button></form></html>`;

async function interact(made, request, response) {
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    return;
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const form = new URLSearchParams(body);
  const denied = { error: 'access_denied', error_description: 'as asked for' };
  const outcome = form.get('choice') === 'deny' ? denied : { login: { accountId: form.get('account') }, consent: {} };
  await made.interactionFinished(request, response, outcome, { mergeWithLastSubmission: false });
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const made = provider(issuer);
  const pass = made.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) return pass(request, response);
    interact(made, request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  console.log(`ready at ${issuer}`);
});
// Whoever started it reads the first line and no more.
process.stdout.on('error', () => {});
process.stdin.on('end', () => process.exit()).resume();
