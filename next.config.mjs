/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // `npm test` checks types; a stranger's first start should not wait for it
  typescript: { ignoreBuildErrors: true },
  // the APIs own their paths, and a redirect would be an undocumented answer
  skipTrailingSlashRedirect: true,
  // files are compressed when the app is built, the rest is small or streamed
  compress: false,
  devIndicators: false,
  // markdown-it, without the tables that messages do not use
  turbopack: {
    resolveAlias: {
      entities: './app/_ui/markdown/entities.ts',
      'punycode.js': './app/_ui/markdown/punycode.ts',
    },
  },
  // the server has these beside it anyway: bundled once more they cost minutes of build and a second copy in memory
  serverExternalPackages: [
    ...['@fastify/busboy', '@hono/zod-openapi', '@node-rs/argon2', '@prisma/adapter-pg', '@prisma/client'],
    ...['@trpc/server', 'hono', 'htmlparser2', 'ipaddr.js', 'iron-session', 'lru-cache', 'pg', 'pino'],
    ...['prom-client', 'sharp', 'superjson', 'undici', 'uploadthing', 'zod'],
  ],
  experimental: {
    // builds are rare and whole: writing this cache takes longer than it saves
    turbopackFileSystemCacheForBuild: false,
    // otherwise the catch-all routes keep serving old code in development
    turbopackServerFastRefresh: false,
  },
};
