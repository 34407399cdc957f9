import { loadChat } from '#app/chat/_shell/load-chat.tsx';

/** The last conversation read. */
export default function HomePage() {
  return loadChat('/', '');
}
