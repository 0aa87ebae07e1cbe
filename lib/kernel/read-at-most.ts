/**
 * The bytes of a stream; null when there are more than `limit`, which is found out while reading: the stream is then ended, and no more of it is
 * kept. Throws what the stream throws, for example when a connection breaks.
 */
export async function readAtMost(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}
