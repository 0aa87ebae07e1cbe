/** The sign of the product: a page bound at its left edge. */
export function Mark({ className = "size-6" }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className={className}>
      <rect width="32" height="32" rx="7" fill="#0f6cbd" />
      <path
        d="M10 6.5h7.200c3.4 0 5.6 1.8 5.6 4.7 0 2-1 3.4-2.7 4 2.2.5 3.5 2.1 3.5 4.4 0 3.3-2.4 5.4-6.2 5.400H10zm3.6 7.600h2.900c1.7 0 2.7-.8 2.7-2.200s-1-2.2-2.7-2.200h-2.900zm0 7.900h3.400c1.9 0 3-.9 3-2.500s-1.1-2.4-3-2.400h-3.400z"
        fill="#fff"
      />
      <path d="M5.5 8v16" stroke="#b4d6fa" strokeWidth="2" strokeLinecap="round" strokeDasharray="2.2 3.4" />
    </svg>
  );
}
