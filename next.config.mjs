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
  experimental: {
    // otherwise the catch-all routes keep serving old code in development
    turbopackServerFastRefresh: false,
  },
};
