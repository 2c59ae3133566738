// Parts of the Now tab that need one's own part of the session: one piece of code that loads after the first view.
export { GuessForm } from '../_features/guesses/guess-form.tsx';
export { PulseButtons } from '../_features/people/pulse-buttons.tsx';
export { PollCard } from '../_features/poll/poll-card.tsx';
