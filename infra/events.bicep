targetScope = 'resourceGroup'

metadata description = 'Tells the app of files that are dropped. Deployed after the app\'s code: only then its host has the key of the address.'

@minLength(3)
@maxLength(12)
param name string
param location string = resourceGroup().location

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'st${name}'

  resource blobs 'blobServices' existing = {
    name: 'default'
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: 'func-${name}'
}

// Events that could not be delivered for a day lie here; a timer of the app finds their files none the less.
resource undelivered 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: account::blobs
  name: 'undelivered-events'
  properties: { publicAccess: 'None' }
}

resource topic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: 'evgt-${name}'
  location: location
  tags: { app: 'certfunctions' }
  identity: { type: 'SystemAssigned' }
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(undelivered.id, topic.id)
  scope: undelivered
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    // Storage Blob Data Contributor, in this container alone.
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
  }
}

resource dropped 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = {
  parent: topic
  name: 'dropped-files'
  dependsOn: [grant]
  properties: {
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.IngestFileOnEvent&code=${listKeys('${app.id}/host/default', '2024-04-01').systemKeys.blobs_extension}'
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/imports/'
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: account.id, blobContainerName: undelivered.name }
      }
    }
  }
}
