'use client';

import { useCallback, useEffect, useState } from 'react';
import { trpc } from '#app/_live/client.ts';
import { refusalWords } from '#app/chat/_shell/dialogs/refusal-words.ts';

export type SignInFacts = Awaited<ReturnType<typeof trpc.profile.signIn.query>>;

/** What I sign in with; null until it is known. Read again when the window is come back to: links open elsewhere. */
export function useSignInFacts() {
  const [facts, setFacts] = useState<SignInFacts | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(async () => {
    try {
      setFacts(await trpc.profile.signIn.query());
    } catch (error) {
      setProblem(refusalWords(error));
    }
  }, []);
  useEffect(() => {
    void load();
    const look = () => void load();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [load]);
  return { facts, problem, load };
}
