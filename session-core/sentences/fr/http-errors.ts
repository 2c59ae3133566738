// The HTTP API's own refusals in French: for screens. `{name}` is a fact of the answer.
import type { HttpErrors } from '../http-errors.ts';

export const httpErrors: HttpErrors = {
  foreign_host:
    'Ce serveur ne répond pas sous ce nom d’hôte ; demandez son adresse ou donnez celle-ci dans PUBLIC_URL.',
  foreign_origin: 'Les requêtes d’autres sites ne sont pas admises ; voir PUBLIC_URL.',
  route_not_found: 'La route {path} n’existe pas.',
  method_not_allowed: 'Méthode non admise ; utilisez {allow}.',
  malformed_address: 'L’adresse contient une séquence % incorrecte.',
  no_cookies:
    'Ce navigateur ne garde pas de cookies, la page suivante ne saurait donc pas qui vous êtes. Autorisez les cookies pour ce site ou activez les scripts, puis réessayez.',
  not_json: 'Le contenu doit être du JSON : {what}.',
  too_large: 'C’est trop grand : une requête a au plus {bytes} octets.',
  no_such_code: 'Aucune session ouverte n’a ce code ; vérifiez-le et réessayez.',
  not_local:
    'Les sessions se créent dans un navigateur sur la machine du serveur, avec le lien affiché dans son terminal, ou avec son CREATE_TOKEN.',
  bad_table: '{why}',
  no_such_table: 'Cette table n’est plus sur le serveur : choisissez de nouveau le fichier.',
  predict_unavailable: 'Aucun modèle n’est en service pour le moment : {why}.',
  predict_refused: '{why}.',
  not_ready: 'Le serveur n’accueille personne pour le moment (cause : {cause}).',
  metrics_not_local: 'Les chiffres se lisent sur la machine du serveur, ou avec son METRICS_TOKEN.',
  degraded: 'Le serveur fonctionne, mais ne peut rien enregistrer (cause : {cause}).',
  superseded: 'Une requête plus récente de votre part a reçu la réponse.',
  failed: 'Une erreur s’est produite de notre côté ; réessayez dans un instant.',
};
