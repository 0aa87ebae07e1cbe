/** Runs once when the web process starts, before the first request: a wrong setting or policy ends the process with its sentence. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startWeb } = await import("./lib/http/start");
  await startWeb();
}
