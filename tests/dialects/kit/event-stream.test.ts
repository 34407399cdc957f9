import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EventWriter, eventFrame, eventStream } from '#server/dialects/kit/event-stream';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(start: (writer: EventWriter) => void = () => {}) {
  const stop = vi.fn();
  let writer = {} as EventWriter;
  const answer = eventStream(5 * MINUTE, (given) => {
    writer = given;
    start(given);
    return stop;
  });
  return { answer, stop, writer };
}

describe('a stream of events', () => {
  test('carries frames as the standard writes them', async () => {
    const { answer, writer, stop } = open();
    writer.write(eventFrame('dms', [{ text: 'a\nb' }], '17.5'));
    writer.end();
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(await answer.text()).toBe('event: dms\nid: 17.5\ndata: [{"text":"a\\nb"}]\n\n');
    expect(stop).toHaveBeenCalledTimes(1);
    expect(writer.write(eventFrame('dms', []))).toBe(false);
  });

  test('says that it is alive, and ends by itself', async () => {
    const { answer, stop } = open();
    const text = answer.text();
    await vi.advanceTimersByTimeAsync(5 * MINUTE + 1);
    expect((await text).match(/: still here/g)?.length).toBeGreaterThanOrEqual(19);
    expect(stop).toHaveBeenCalledTimes(1);
  });

  test('stops its work when the reader leaves', async () => {
    const { answer, stop, writer } = open();
    await answer.body?.cancel();
    expect(stop).toHaveBeenCalledTimes(1);
    expect(writer.write(eventFrame('dms', []))).toBe(false);
  });

  test('stops its work also when that ended before it began', async () => {
    const { answer, stop } = open((writer) => writer.end());
    expect(await answer.text()).toBe('');
    expect(stop).toHaveBeenCalledTimes(1);
  });

  test('cuts off a reader who leaves a megabyte lying', () => {
    const { writer, stop } = open();
    const frame = eventFrame('messages', 'x'.repeat(100_000));
    let written = 0;
    while (writer.write(frame)) written++;
    expect(written).toBeGreaterThanOrEqual(10);
    expect(written).toBeLessThan(13);
    expect(stop).toHaveBeenCalledTimes(1);
  });
});
