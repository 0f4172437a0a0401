using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages;

/// <summary>For whom a page is made.</summary>
/// <param name="Name">Null: nobody has signed in.</param>
/// <param name="Role">Null likewise.</param>
/// <param name="Path">Of the page.</param>
/// <param name="IsFragment">A page that is open asks for a part of itself: what surrounds it is there already.</param>
public sealed record Viewer(string? Name, CallerRole? Role, string Path, bool IsFragment)
{
    public bool CanRead => Role >= CallerRole.Auditor;

    public bool CanWrite => Role == CallerRole.Superadmin;

    /// <summary>Everyone who comes is: nobody had to sign in.</summary>
    public bool IsLocalDeveloper { get; private init; }

    public static Viewer Of(HttpContext context)
    {
        var caller = context.Features.Get<Caller>();
        return new Viewer(caller?.Name, caller?.Role, context.Request.Path, HtmxRequests.IsForFragment(context.Request))
        {
            IsLocalDeveloper = ReferenceEquals(caller, Caller.LocalDeveloper),
        };
    }
}
