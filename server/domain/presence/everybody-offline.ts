/** At the start of the server: nobody is connected, and no override outlives it. */
export async function everybodyOffline(): Promise<void> {
  throw new Error('not written yet');
}
