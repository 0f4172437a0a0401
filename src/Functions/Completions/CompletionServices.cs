using CertFunctions.Core.Completions;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Completions;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Completions;

/// <summary>Wires what awards people for what they complete.</summary>
internal static class CompletionServices
{
    public static IServiceCollection AddCompletions(this IServiceCollection services) => services
        .AddSingleton<ICompletionStore>(s => new TableCompletionStore(s.Table(Tables.Awards)))
        .AddSingleton<CompletionService>()
        .AddSingleton<ExternalCompletionService>();
}
