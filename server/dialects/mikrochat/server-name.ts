/** What the server is called until its administrators have called it something. */
export const DEFAULT_SERVER_NAME = 'MikroChat';
