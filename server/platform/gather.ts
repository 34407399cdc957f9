type Waiting<Question, Answer> = {
  question: Question;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

const MAX_BATCH = 200;

/**
 * Lets questions that arrive while one is being answered share the next round trip. A question that finds nothing
 * under way goes at once, alone; each is asked after it came, never before, so no answer is older than its question.
 * `askAll` answers in the order of the questions; when it fails, all of its batch do.
 */
export function gather<Question, Answer>(
  askAll: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let busy = false;
  const gathered: Waiting<Question, Answer>[] = [];

  const drain = async () => {
    busy = true;
    while (gathered.length > 0) await answer(gathered.splice(0, MAX_BATCH));
    busy = false;
  };

  const answer = async (batch: readonly Waiting<Question, Answer>[]) => {
    try {
      const answers = await askAll(batch.map(({ question }) => question));
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  return (question) =>
    new Promise((resolve, reject) => {
      gathered.push({ question, resolve, reject });
      if (!busy) void drain();
    });
}
