using CertFunctions.Functions.Storage;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.TestWorlds;

/// <summary>The app's settings, as tests give them.</summary>
public static class TestSettings
{
    /// <summary>By name, with colons between sections.</summary>
    public static IConfiguration Of(params IEnumerable<(string Name, string? Value)> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
    }

    /// <summary>Those of an app in Development on that storage.</summary>
    public static IConfiguration OfApp(string connectionString, params IEnumerable<(string Name, string? Value)> more) =>
        Of([.. more, (StorageNames.Connection, connectionString), ("AZURE_FUNCTIONS_ENVIRONMENT", "Development")]);
}
