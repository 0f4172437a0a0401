using System.Collections.Concurrent;
using CertFunctions.Core.Audit;

namespace CertFunctions.Testing.Fakes;

/// <summary>Records what the audit was to say, where the change was stored.</summary>
public sealed class FakeAudit
{
    private readonly ConcurrentQueue<AuditEntry> entries = new();

    /// <summary>In the order of the changes.</summary>
    public IReadOnlyCollection<AuditEntry> Entries => entries;

    internal bool Note(bool isStored, AuditEntry? entry)
    {
        if (isStored && entry is not null)
        {
            entries.Enqueue(entry);
        }

        return isStored;
    }
}
