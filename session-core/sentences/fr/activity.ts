// The activity list in French.
import type { ActivitySentences } from '../../model/activity.ts';
import { countIn, valuesIn } from '../numbers.ts';

const many = countIn('fr-CH');
const { short } = valuesIn('fr-CH', ',');

export const activities: ActivitySentences = {
  session_created: () => 'la session a été ouverte',
  session_ended: (_, system) => (system ? 'la session a été terminée' : 'a terminé la session'),
  task_changed: ({ task }) => `a changé la tâche : ${task}`,
  participant_joined: ({ name }) => `${name} a rejoint la session`,
  participant_removed: ({ name }) => `a retiré ${name}`,
  facilitator_link_made: () => 'a créé un lien d’animation',
  facilitator_link_used: () => 'un lien d’animation a été utilisé',
  facilitator_links_revoked: ({ links }) => `a révoqué ${many(links, 'lien', 'liens')} d’animation`,
  join_code_changed: () => 'a changé le code d’accès',
  hand_raised: () => 'a levé la main',
  hands_lowered: () => 'a baissé toutes les mains',
  timer_set: ({ minutes }) => `a réglé le minuteur sur ${many(minutes, 'minute', 'minutes')}`,
  timer_stopped: () => 'a arrêté le minuteur',
  driving_started: () => 'pilote maintenant',
  driving_offered: ({ name }) => `a proposé à ${name} de piloter`,
  poll_opened: ({ question }) => `a demandé à tout le monde : ${question}`,
  poll_closed: ({ answers }) => `a fermé la question avec ${many(answers, 'réponse', 'réponses')}`,
  offer_expired: () => 'la proposition de piloter a expiré',
  driving_stopped: () => 'a cessé de piloter',
  driving_revoked: ({ name }) => `a repris le pilotage à ${name}`,
  driving_lapsed: ({ name }) => `${name} a perdu la connexion et ne pilote plus`,
  driving_ended: ({ name }) => `a retiré ${name}, qui pilotait`,
  suggestion_added: () => 'a fait une suggestion',
  patch_suggested: () => 'a suggéré une modification du code',
  suggestion_approved: () => 'a approuvé une suggestion',
  suggestion_declined: () => 'a refusé une suggestion',
  suggestion_merged: () => 'a fusionné une suggestion avec une autre',
  moderation_undone: () => 'a annulé une action de modération',
  suggestion_pinned: () => 'a épinglé une suggestion : en cours de réalisation',
  suggestion_accepted: () => 'a accepté une suggestion',
  suggestion_unaccepted: () => 'a annulé l’acceptation d’une suggestion',
  revision_restored: ({ revision }) => `a restauré la révision ${revision}`,
  checkpoint_loaded: ({ checkpoint }) => `a chargé le checkpoint ${checkpoint}`,
  run_started: ({ run }, system) => (system ? `le run #${run} a été demandé` : `a lancé le run #${run}`),
  run_succeeded: (facts) =>
    `le run #${facts.run} est terminé${'metric' in facts ? ` : ${facts.metric} ${short(facts.value)}` : ''}`,
  run_failed: (facts) => `le run #${facts.run} a échoué${'stage' in facts ? ` dans ${facts.stage}` : ''}`,
  run_cancelled: ({ run }, system) => (system ? `le run #${run} a été annulé` : `a annulé le run #${run}`),
  run_interrupted: ({ run }) => `le run #${run} a été interrompu`,
  run_struck: ({ run }) => `a écarté le run #${run} de la comparaison`,
  run_unstruck: ({ run }) => `a remis le run #${run} dans la comparaison`,
  run_cleared: ({ run }) => `a validé le résultat du run #${run}`,
  run_found_suspect: ({ run }) => `les contrôles jugent suspect le résultat du run #${run}`,
  run_suspected: ({ run }) => `a de nouveau marqué comme suspect le résultat du run #${run}`,
};
