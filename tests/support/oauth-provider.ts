// A sign-in provider of our own, as a real HTTP server: it hands out codes, checks them and tells whom they stand for.
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Grant = { challenge: string; redirectUri: string; profile: object };

export type OAuthProviderServer = {
  url: string;
  /** entries for `oauth.custom` of the settings */
  settings: (id: string, more?: object) => object;
  /** whom it takes everybody for from now on */
  profile: object;
  /** what it answers besides an access token */
  extra: object;
  /** turns codes away */
  isBroken: boolean;
  /** does what a browser does there: agrees, and answers where it is sent back to */
  visit: (authorizationUrl: URL) => Promise<URL>;
  close: () => Promise<void>;
};

const CLIENT_ID = 'parley';
const CLIENT_SECRET = 'a secret between the two';

export async function startOAuthProvider(): Promise<OAuthProviderServer> {
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, object>();

  const server = createServer((req, res) => {
    void answer(req).then(({ status = 200, json, location }) => {
      res.writeHead(status, location ? { location } : { 'content-type': 'application/json' });
      res.end(json === undefined ? '' : JSON.stringify(json));
    });
  });

  async function answer(
    req: IncomingMessage,
  ): Promise<{ status?: number; json?: unknown; location?: string }> {
    const { pathname, searchParams } = new URL(req.url ?? '', provider.url);
    if (pathname === '/authorize') return authorize(searchParams);
    if (pathname === '/token') return exchange(new URLSearchParams(await text(req)));
    if (pathname === '/me') {
      const profile = tokens.get(req.headers.authorization?.replace(/^Bearer /, '') ?? '');
      return profile ? { json: profile } : { status: 401, json: { error: 'invalid_token' } };
    }
    return { status: 404 };
  }

  function authorize(query: URLSearchParams) {
    const wanted = { client_id: CLIENT_ID, response_type: 'code', code_challenge_method: 'S256' };
    const isFine = Object.entries(wanted).every(([name, value]) => query.get(name) === value);
    if (!isFine || !query.get('state')) return { status: 400, json: { error: 'invalid_request' } };
    const code = randomBytes(8).toString('hex');
    const redirectUri = query.get('redirect_uri') ?? '';
    grants.set(code, {
      challenge: query.get('code_challenge') ?? '',
      redirectUri,
      profile: provider.profile,
    });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', query.get('state') ?? '');
    return { status: 302, location: back.href };
  }

  function exchange(body: URLSearchParams) {
    const grant = grants.get(body.get('code') ?? '');
    grants.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const isFine =
      !provider.isBroken &&
      grant?.challenge === challenge &&
      grant.redirectUri === body.get('redirect_uri') &&
      body.get('client_id') === CLIENT_ID &&
      body.get('client_secret') === CLIENT_SECRET &&
      body.get('grant_type') === 'authorization_code';
    if (!isFine) return { status: 400, json: { error: 'invalid_grant' } };
    const accessToken = randomBytes(16).toString('hex');
    tokens.set(accessToken, grant.profile);
    return { json: { access_token: accessToken, token_type: 'bearer', ...provider.extra } };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: OAuthProviderServer = {
    url,
    profile: {},
    extra: {},
    isBroken: false,
    settings: (id, more = {}) => ({
      id,
      name: `Provider ${id}`,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      authorizationUrl: `${url}/authorize`,
      tokenUrl: `${url}/token`,
      userInfoUrl: `${url}/me`,
      ...more,
    }),
    async visit(authorizationUrl) {
      const response = await fetch(authorizationUrl, { redirect: 'manual' });
      const location = response.headers.get('location');
      if (!location) throw new Error(`the provider answered ${response.status}`);
      return new URL(location);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return provider;
}
