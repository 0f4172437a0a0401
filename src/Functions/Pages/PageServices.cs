using CertFunctions.Functions.Pages.Awarding;
using CertFunctions.Functions.Pages.Awards;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.Functions.Pages;

/// <summary>Wires what pages share: nothing of it is made before a page asks for it.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<EditAwardDialogs>()
        .AddSingleton<SourceSearch>()
        .AddSingleton<AwardUsersDialogs>()
        .AddSingleton<AwardUsersSteps>();
}
