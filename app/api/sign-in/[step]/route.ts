import { takeStep } from '#server/sign-in/routes';

export const POST = (request: Request) => takeStep(request);
