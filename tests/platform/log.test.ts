import { expect, it } from 'vitest';
import { presentError } from '#server/platform/log';

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

it.each(['access_token=gho_secret&scope=', '{"token": gho_secret "b"}', '{"text":"gho_secret', 'gho_secret'])(
  'the log of a text that does not parse holds nothing of it (%s)',
  (text) => {
    const error = caught(() => JSON.parse(text));
    expect(error).toBeInstanceOf(SyntaxError);
    expect(JSON.stringify(presentError(error))).not.toContain('gho_');
    expect(JSON.stringify(presentError(new Error('around it', { cause: error })))).not.toContain('gho_');
  },
);

it('the log of what Postgres could not read names the type alone', () => {
  const error = Object.assign(new Error('invalid input syntax for type bigint: "my "secret" word"'), {
    code: '22P02',
    detail: 'my secret word',
  });
  const shown = presentError(error);
  expect(shown).toMatchObject({ code: '22P02', message: 'invalid input syntax for type bigint: "…"' });
  expect(JSON.stringify(shown)).not.toContain('secret');
});

it('the log of any other error says what went wrong and where', () => {
  const error = Object.assign(new Error('the "disk" is full'), { code: 'ENOSPC' });
  expect(presentError(error)).toMatchObject({
    type: 'Error',
    code: 'ENOSPC',
    message: 'the "disk" is full',
    stack: expect.stringMatching(/the "disk" is full[\s\S]*log\.test/),
  });
});
