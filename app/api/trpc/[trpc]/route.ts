import { answerTrpc } from '#server/trpc/fetch-door';

export { answerTrpc as GET, answerTrpc as POST };
