using Microsoft.AspNetCore.Components;

namespace CertFunctions.Functions.Pages;

/// <summary>A page, or a dialog on one, of what a function has read.</summary>
public abstract class View<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public required TModel Model { get; set; }

    [Parameter, EditorRequired]
    public required Viewer Viewer { get; set; }
}
