/** Bytes of a document of service tags at most, eight times as many as the weekly file has. A receiver stops reading there. */
export const mostTagBytes = 32 * 1024 * 1024;

/** What is said of a larger one, by the server and by a browser that does not even send it. */
export const tooLargeWords = {
  detail: `The document is larger than ${mostTagBytes / 1024 / 1024} MB, and the weekly file of service tags has about 4.`,
  remedy: "Choose the file that Microsoft publishes each week. The service tags in use stay as they are.",
} as const;
