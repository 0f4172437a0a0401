using 'main.bicep'

param name = readEnvironmentVariable('CERTFUNCTIONS_NAME', 'certs')
param authAuthority = readEnvironmentVariable('CERTFUNCTIONS_AUTHORITY', '')
param authAudience = readEnvironmentVariable('CERTFUNCTIONS_AUDIENCE', '')
param signInClientId = readEnvironmentVariable('CERTFUNCTIONS_SIGN_IN_CLIENT', '')
param timeZone = readEnvironmentVariable('CERTFUNCTIONS_TIME_ZONE', 'UTC')
param alertEmail = readEnvironmentVariable('CERTFUNCTIONS_ALERT_EMAIL', '')
param webhookSecrets = int(readEnvironmentVariable('CERTFUNCTIONS_WEBHOOK_SECRETS', '0'))
