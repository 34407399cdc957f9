/** Edge in pixels, JPEG quality: what the documented API's own client sends. */
const EDGE = 128;
const QUALITY = 0.88;

/** The largest square in the middle of an image of this size. */
export function centreSquare(width: number, height: number): { x: number; y: number; edge: number } {
  const edge = Math.min(width, height);
  return { x: Math.floor((width - edge) / 2), y: Math.floor((height - edge) / 2), edge };
}

/** A picture as 128 × 128 JPEG, cut from the middle. Rejects for a file that is no image. */
export async function squarePicture(file: Blob): Promise<Blob> {
  const image = await createImageBitmap(file);
  const canvas = document.createElement('canvas');
  canvas.width = EDGE;
  canvas.height = EDGE;
  const { x, y, edge } = centreSquare(image.width, image.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no canvas');
  context.imageSmoothingQuality = 'high';
  // JPEG has no transparency: what shines through would come out black
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, EDGE, EDGE);
  context.drawImage(image, x, y, edge, edge, 0, 0, EDGE, EDGE);
  image.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded'))),
      'image/jpeg',
      QUALITY,
    );
  });
}
