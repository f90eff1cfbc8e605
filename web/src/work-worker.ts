// Looks for the number whose SHA-256 with the challenge begins with so many zero bits.
const zeros = (hash: Uint8Array): number => {
  let count = 0;
  for (const byte of hash) {
    if (byte) return count + Math.clz32(byte) - 24;
    count += 8;
  }
  return count;
};

onmessage = async (event: MessageEvent<{ challenge: string; bits: number }>): Promise<void> => {
  const { challenge, bits } = event.data;
  const encoder = new TextEncoder();
  for (let number = 0; ; ++number) {
    const hash = await crypto.subtle.digest('SHA-256', encoder.encode(`${challenge}:${number}`));
    if (zeros(new Uint8Array(hash)) >= bits) return postMessage(String(number));
  }
};
export {};
