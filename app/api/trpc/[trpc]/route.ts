import { answerTrpcRequest } from '#server/trpc/respond';

export { answerTrpcRequest as GET, answerTrpcRequest as POST };
