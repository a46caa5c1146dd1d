/** Sends one plain letter. Rejects when the mail server did not take it. */
export type SendMail = (letter: { to: string; subject: string; text: string }) => Promise<void>;

/** Loads the library when the first letter is sent: most installations idle without. */
export function createMail(smtp: { url: string; from: string }): SendMail {
  return async ({ to, subject, text }) => {
    const { createTransport } = await import("nodemailer");
    await createTransport(smtp.url).sendMail({ from: smtp.from, to, subject, text });
  };
}
