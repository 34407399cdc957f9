import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { drained, writeFrame } from '#server/live/write-frame';

/** What a client gets for a request, from the first byte to the last. */
async function received(request: string, answer: (res: ServerResponse) => unknown): Promise<string> {
  const server = createServer((req, res) => {
    if (req.url === '/quick') res.end('quick');
    else void answer(res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(request);
  try {
    return await text(socket);
  } finally {
    server.close();
  }
}

const headOf = (version: string) => `GET / HTTP/${version}\r\nHost: h\r\nConnection: close\r\n\r\n`;
const frame = Buffer.from('data: é\n\n');

it('a frame is a chunk of its answer, in order with what the answer writes itself', async () => {
  const got = await received(headOf('1.1'), (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    writeFrame(res, frame);
    res.write('own');
    writeFrame(res, frame);
    res.end();
    writeFrame(res, frame);
  });
  const chunk = 'a\r\ndata: é\n\n\r\n';
  expect(got.slice(got.indexOf('\r\n\r\n') + 4)).toBe(`${chunk}3\r\nown\r\n${chunk}0\r\n\r\n`);
});

it('a client from before chunks gets the frame itself', async () => {
  const got = await received(headOf('1.0'), (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    writeFrame(res, frame);
    res.end();
  });
  expect(got.slice(got.indexOf('\r\n\r\n') + 4)).toBe(frame.toString());
});

it('a stream behind another answer waits for it', async () => {
  const got = await received(`GET /quick HTTP/1.1\r\nHost: h\r\n\r\n${headOf('1.1')}`, (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    writeFrame(res, frame);
    res.end();
  });
  expect(got.indexOf('quick')).toBeGreaterThan(0);
  expect(got.indexOf('data: é')).toBeGreaterThan(got.indexOf('quick'));
});

it('a reader that takes its time is waited for, until it has taken everything or left', async () => {
  const big = Buffer.alloc(4_000_000, 'x');
  const got = await received(headOf('1.1'), async (res) => {
    res.writeHead(200);
    for (let count = 0; count < 12; count++) {
      writeFrame(res, big);
      await drained(res);
    }
    expect(res.socket?.listenerCount('close')).toBeLessThan(8);
    res.end();
  });
  expect(got.length).toBeGreaterThan(48_000_000);
});
