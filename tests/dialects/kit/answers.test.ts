import { expect, test } from 'vitest';
import { ReadyJson, redirect, responseOf } from '#server/dialects/kit/answers';

test('a header may come several times', () => {
  const answer = responseOf(
    { 302: redirect('there') },
    { status: 302, location: '/', headers: { 'set-cookie': ['a=1', 'b=2'], 'cache-control': 'no-store' } },
  );
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('JSON that is written already becomes bytes when it is asked for again', () => {
  const ready = new ReadyJson('{"a":"é"}');
  expect([ready.take(), ready.take(), ready.take()].map(String)).toEqual(Array(3).fill('{"a":"é"}'));
});
