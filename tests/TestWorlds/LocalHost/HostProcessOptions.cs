using CertFunctions.LocalHost.Storage;

namespace CertFunctions.TestWorlds.LocalHost;

/// <summary>How a test wants its host.</summary>
public sealed record HostProcessOptions
{
    /// <summary>A published function app; null: this repository's.</summary>
    public string? AppFolder { get; init; }

    /// <summary>An Azurite of the test's; null: one is started and ends with the host.</summary>
    public Azurite? Storage { get; init; }

    /// <summary>The storage of the test's takes tokens; the settings say how it is reached.</summary>
    public bool ByIdentity { get; init; }

    /// <summary>The host starts its own Azurite, as it does for a developer.</summary>
    public bool HostOwnsStorage { get; init; }

    /// <summary>Where a host that owns its storage keeps it; null: a new folder.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Fills in the small organisation for trying out.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Settings of the app, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
