import { defineConfig } from 'prisma/config';

// `prisma generate` needs no database: the placeholder is only ever used where DATABASE_URL is set anyway.
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://nobody@127.0.0.1:1/none' },
});
