import { loadChat } from '#app/chat/_shell/load-chat.tsx';

type Props = {
  params: Promise<{ place?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One page for every place of the app: moving between them is the client's, opening any of them is this. */
export default async function ChatPage({ params, searchParams }: Props) {
  const { place = [] } = await params;
  return loadChat(['/chat', ...place].join('/'), queryOf(await searchParams));
}

function queryOf(values: Awaited<Props['searchParams']>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    for (const item of [value ?? []].flat()) query.append(key, item);
  }
  const text = query.toString();
  return text && `?${text}`;
}
