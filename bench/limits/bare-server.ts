// What node:http alone can do on this machine: tiny answers, ready-made pages, and streams that repeat what is posted.
import { createServer, type ServerResponse } from 'node:http';

const TINY = Buffer.from('{"status":"ok"}');
/** as large as 50 messages */
const PAGE = Buffer.from(
  JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ id, text: 'x'.repeat(140) }))),
);
const JSON_TYPE = { 'content-type': 'application/json' };

const streams = new Set<ServerResponse>();

const server = createServer((req, res) => {
  if (req.url === '/events') {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(':\n\n');
    streams.add(res);
    res.on('close', () => streams.delete(res));
    return;
  }
  if (req.method === 'POST') {
    const chunks: Buffer[] = [];
    req.on('data', (chunk) => chunks.push(chunk));
    req.on('end', () => {
      const frame = Buffer.from(`data: ${Buffer.concat(chunks).toString()}\n\n`);
      for (const stream of streams) stream.write(frame);
      res.writeHead(200, JSON_TYPE).end(TINY);
    });
    return;
  }
  const body = req.url === '/page' ? PAGE : TINY;
  res.writeHead(200, { ...JSON_TYPE, 'content-length': body.length }).end(body);
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`${port}\n`);
});
