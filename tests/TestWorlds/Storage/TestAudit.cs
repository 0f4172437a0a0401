using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertFunctions.TestWorlds.Storage;

/// <summary>The audit for stores that a test puts together itself: it may lie in the table that the test has anyway.</summary>
internal static class TestAudit
{
    public static AuditOutbox OutboxOn(TableClient table) =>
        new(new AuditLedger(table, new OrganisationClock(TimeProvider.System, TimeZoneInfo.Utc)), new AuditLog(NullLogger<AuditLog>.Instance));

    public static AuditOutbox OutboxOn(StorageClients storage) => OutboxOn(storage.Table(StorageNames.Tables.Audit));

    public static AuditIntents IntentsOn(TableClient table) => new(table, OutboxOn(table));

    public static AuditIntents IntentsOn(StorageClients storage) => IntentsOn(storage.Table(StorageNames.Tables.Audit));
}
