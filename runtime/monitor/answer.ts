/** What is answered to a request over HTTP. */
export interface Answer {
  readonly status: number;
  /** Plain text where absent. */
  readonly type?: string;
  readonly text: string;
  /** Which methods there are, where another one was used. */
  readonly allow?: string;
  /** What a browser may do with it. Source: https://www.w3.org/TR/CSP3/ */
  readonly policy?: string;
}
