import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { RememberingRouter } from '#server/dialects/kit/remembering-router';

function app() {
  const made = new Hono({ router: new RememberingRouter() });
  made.get('/users/me', (context) => context.text('me'));
  made.get('/users/:id', (context) => context.text(`user ${context.req.param('id')}`));
  made.post('/users/:id', (context) => context.text(`posted ${context.req.param('id')}`));
  return made;
}

it('a path leads to the same place the second time, for each method and value', async () => {
  const asked = app();
  const ask = async (method: string, path: string) => (await asked.request(path, { method })).text();
  for (const _ of [1, 2]) {
    expect(await ask('GET', '/users/me')).toBe('me');
    expect(await ask('GET', '/users/7')).toBe('user 7');
    expect(await ask('GET', '/users/8')).toBe('user 8');
    expect(await ask('POST', '/users/7')).toBe('posted 7');
    expect((await asked.request('/nowhere')).status).toBe(404);
  }
});

it('many paths and long ones are answered as well', async () => {
  const asked = app();
  for (let id = 0; id < 5_000; id++) {
    if (id % 500 === 0) expect(await (await asked.request(`/users/${id}`)).text()).toBe(`user ${id}`);
    else asked.router.match('GET', `/users/${id}`);
  }
  const long = 'x'.repeat(500);
  for (const _ of [1, 2]) expect(await (await asked.request(`/users/${long}`)).text()).toBe(`user ${long}`);
});
