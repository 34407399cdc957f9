// Somebody who talks to a server over HTTP, as a browser or a program would.

export const PASSWORD = 'Correct-horse-7!';

export type WebClient = {
  name: string;
  /** the `Cookie` header that signs them in */
  cookie: string;
  /** sends a message through the Minimost API; resolves with the status */
  send: (channel: string, text: string) => Promise<number>;
  /** every text of a channel, oldest first */
  texts: (channel: string) => Promise<string[]>;
  /** the same person at another address */
  at: (baseUrl: string) => WebClient;
};

/** Makes an account. */
export async function signUp(baseUrl: string, name: string): Promise<WebClient> {
  const answer = await fetch(`${baseUrl}/signup`, {
    method: 'POST',
    body: new URLSearchParams({ username: name, password: PASSWORD, confirm_password: PASSWORD }),
    redirect: 'manual',
  });
  if (answer.status !== 302) throw new Error(`${name} could not sign up: ${answer.status}`);
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  return clientOf(baseUrl, name, cookie);
}

function clientOf(baseUrl: string, name: string, cookie: string): WebClient {
  return {
    name,
    cookie,
    at: (other) => clientOf(other, name, cookie),
    async send(channel, text) {
      const answer = await fetch(`${baseUrl}/send/${encodeURIComponent(channel)}`, {
        method: 'POST',
        body: new URLSearchParams({ text }),
        headers: { cookie },
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    async texts(channel) {
      const url = `${baseUrl}/messages/${encodeURIComponent(channel)}?after=0`;
      const answer = await fetch(url, { headers: { cookie } });
      const messages = (await answer.json()) as { content: string }[];
      return messages.map((message) => message.content);
    },
  };
}

/** Opens the web app's live stream and returns what comes until it ends. */
export async function openStream(
  baseUrl: string,
  client: WebClient,
): Promise<{ rest: () => Promise<string> }> {
  const answer = await fetch(`${baseUrl}/api/trpc/live.events?input=%7B%22json%22%3A%7B%7D%7D`, {
    headers: { cookie: client.cookie, accept: 'text/event-stream' },
  });
  if (!answer.ok || !answer.body) throw new Error(`no stream: ${answer.status} ${await answer.text()}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  await reader.read();
  return {
    async rest() {
      let text = '';
      for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
      return text;
    },
  };
}
