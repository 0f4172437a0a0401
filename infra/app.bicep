metadata description = 'The function app: .NET 10 isolated on Flex Consumption, on identity alone.'

param name string
param location string
param tags object
param instanceMemoryMB int
param maximumInstances int
param alwaysReadyInstances int
param identityId string
param identityClientId string
param storageName string
param packageContainer string
param appInsightsConnectionString string
param timeZone string
param authAuthority string
param authAudience string
param signInClientId string
param vaultUri string
param webhookSecrets int
param moreSettings object

@description('Empty: no private network.')
param subnetId string

var blobUri = 'https://${storageName}.blob.${environment().suffixes.storage}'
var queueUri = 'https://${storageName}.queue.${environment().suffixes.storage}'
var tableUri = 'https://${storageName}.table.${environment().suffixes.storage}'

var settings = {
  AzureWebJobsDisableHomepage: 'true'
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__blobServiceUri: blobUri
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__queueServiceUri: queueUri
  AzureWebJobsStorage__tableServiceUri: tableUri
  CertStorage__blobServiceUri: blobUri
  CertStorage__clientId: identityClientId
  CertStorage__credential: 'managedidentity'
  CertStorage__queueServiceUri: queueUri
  CertStorage__tableServiceUri: tableUri
  APPLICATIONINSIGHTS_CONNECTION_STRING: appInsightsConnectionString
  Auth__Audience: authAudience
  Auth__Authority: authAuthority
  Organisation__TimeZone: timeZone
  // Flex Consumption knows dropped files by Event Grid alone. In both spellings: a dot does not reach every Linux host.
  'AzureWebJobs.IngestFile.Disabled': 'true'
  AzureWebJobs__IngestFile__Disabled: 'true'
}

var webhookSettings = toObject(
  range(0, webhookSecrets),
  index => 'Webhooks__Lms__Secrets__${index}',
  index => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/webhook-${index})'
)

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-${name}'
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobUri}/${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReadyInstances > 0 ? [{ name: 'http', instanceCount: alwaysReadyInstances }] : []
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, webhookSettings, moreSettings)
  }

  // Neither FTP nor passwords: packages are deployed with the deployer's own identity.
  resource noFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // Who is signed in by the platform is told the app in a header. Nobody is turned away: the app judges callers itself, the LMS and health checks too.
  resource signIn 'config' = if (!empty(signInClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: { clientId: signInClientId, openIdIssuer: authAuthority }
          validation: { allowedAudiences: [authAudience] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
  }
}

output id string = app.id
output appName string = app.name
output hostName string = app.properties.defaultHostName
