namespace CertFunctions.Functions.Http.Answers;

/// <summary>On a function that people call with a browser: its answers are pages, also where it refuses, and it is written to by pages of this app alone.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ForBrowsersAttribute : Attribute;
